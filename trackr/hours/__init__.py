"""The rules of the hours, pure: durations, proposals, allocation, meter. All amounts are whole minutes."""
