"""OpenID Connect: who somebody is, said by a provider that the settings name. Needs the extra `oidc`."""
