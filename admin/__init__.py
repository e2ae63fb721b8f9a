"""The staff's side: pages and exports."""
