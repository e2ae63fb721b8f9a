"""What every test may ask for; each fixture stands in its own file of tests/support/."""

pytest_plugins = [
    "tests.support.canaries",
    "tests.support.chromium",
    "tests.support.clock",
    "tests.support.databases",
    "tests.support.fake_meta",
    "tests.support.fake_twilio",
    "tests.support.house",
    "tests.support.office",
    "tests.support.looks",
    "tests.support.pictures",
    "tests.support.report",
    "tests.support.site",
    "tests.support.valkey",
]
