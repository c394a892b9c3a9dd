"""What stands before a route: headers, sizes, rates, forged forms."""
