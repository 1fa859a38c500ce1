"""`./dev bench [NAME …] [--scale small|full] [--json]`."""

import argparse
import json
import os
import sys
import time

from benchmarks import database, fill
from benchmarks.results import HEAD, Result, table
from benchmarks.scales import SCALES
from benchmarks.world import World


def parser() -> argparse.ArgumentParser:
    """What the command takes."""
    made = argparse.ArgumentParser(prog="./dev bench", description="Measure ratios on a database made for it.")
    made.add_argument("names", nargs="*", metavar="NAME", help="which benchmarks; all when none is named")
    made.add_argument("--scale", choices=SCALES, default="small", help="small: 2 minutes; full: 10 million gift lines")
    made.add_argument("--json", action="store_true", help="print a list of objects")
    return made


def say(remark: str) -> None:
    print(f"· {remark}", file=sys.stderr, flush=True)


def prepared(scale_name: str) -> World:
    """The measuring database of a scale, made when it is missing or filled otherwise, and Django connected to it."""
    scale = SCALES[scale_name]
    url = database.address(os.environ["DATABASE_URL"], scale.name)
    if not database.keep(url):
        say(f"making the database: {scale.lines:,} gift lines of {scale.agencies:,} agencies")
        database.make(url, lambda address: fill.fill(address, scale))
    database.use(url)
    return World(scale, url)


def measured(world: World, names: list[str]) -> list[Result]:
    """The results of these benchmarks, in the order of the register."""
    from benchmarks.registry import benchmarks

    found: list[Result] = []
    for name, each in benchmarks().items():
        if names and name not in names:
            continue
        begun = time.monotonic()
        found += each.measure(world)
        world.close()
        say(f"{name}: {time.monotonic() - begun:.1f} s")
    return found


def main(arguments: list[str]) -> int:
    """Exit code 0, or 2 when there is no such benchmark. A missed goal is told, not punished."""
    options = parser().parse_args(arguments)
    begun = time.monotonic()
    world = prepared(options.scale)
    from benchmarks.registry import benchmarks

    known = benchmarks()
    if unknown := set(options.names) - set(known):
        print(f"There is no benchmark {', '.join(sorted(unknown))}. There are: {', '.join(known)}.", file=sys.stderr)
        return 2
    results = measured(world, options.names)
    if options.json:
        print(json.dumps([result.as_json() for result in results], indent=1))
    else:
        print(table([HEAD, *(result.cells() for result in results)]))
        for result in results:
            if result.remark:
                print(f"{result.name}: {result.remark}")
    say(f"{options.scale} scale, {time.monotonic() - begun:.0f} s in all")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
