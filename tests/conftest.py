"""What every test may ask for; each fixture stands in its own file of tests/support/."""

from hypothesis import HealthCheck, settings

# How long an example takes says how busy the machine is: timings are `make bench`'s.
settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")

pytest_plugins = [
    "tests.support.canaries",
    "tests.support.chromium",
    "tests.support.clock",
    "tests.support.counting",
    "tests.support.databases",
    "tests.support.fake_meta",
    "tests.support.fake_twilio",
    "tests.support.house",
    "tests.support.office",
    "tests.support.looks",
    "tests.support.order",
    "tests.support.pictures",
    "tests.support.report",
    "tests.support.site",
    "tests.support.thrift",
    "tests.support.valkey",
]
