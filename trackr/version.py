"""The version: what the page footer, the health check and the package say."""

VERSION = "0.1.0"
