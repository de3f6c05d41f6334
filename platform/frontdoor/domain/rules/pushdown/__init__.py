"""Plain rules as MongoDB aggregation expressions that give the engine's answer on every stored value. ADR 0017.

From below: `pushed` (an expression and what its value can be), `coercing`, `comparing`, `calculating`, `days`,
`iterating`, `pushing` (one plain rule), `facts` and `tables` (a whole decision), `stored` (what the database holds).
"""
