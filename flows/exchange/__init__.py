"""Scripts from other houses and for them: XLSForm workbooks, RapidPro definitions.

Pure mapping between their values and a `Script`; files are opened at the edge. What the other
side cannot say, or we cannot, becomes a `ForeignProblem` that names its cell or node; the rest
comes across.
"""
