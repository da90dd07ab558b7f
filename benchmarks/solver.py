"""How often the solver finds the right repair, and how long it takes: seeded single and double errors in table three.

.venv/bin/python benchmarks/solver.py [N]       default 1,000 double errors
"""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from generator.inspection import read_law
from tests.test_solver import check, invented, repairs


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    law = read_law()
    form = law.format_for(2024)
    assert form is not None
    good = invented(random.Random(0), form)
    right, started = 0, time.perf_counter()
    for address in good:
        first = repairs(check(law, form, good | {address: good[address] + 7}))[0]
        right += [(fix.cell, fix.after) for fix in first] == [(address, good[address])]
    print(
        f"single errors: {right} of {len(good)} repaired first, {(time.perf_counter() - started) / len(good) * 1000:.1f} ms each"
    )
    places = [0, 0, 0]
    started = time.perf_counter()
    for seed in range(count):
        chance = random.Random(seed)
        good = invented(chance, form)
        pair = chance.sample(sorted(good), 2)
        bad = {
            cell: chance.choice(
                [good[cell] + chance.randrange(1, 50), good[cell] * 10 + chance.randrange(1, 9)]
            )
            for cell in pair
        }
        wanted = {(cell, good[cell]) for cell in pair}
        ranked = [
            {(fix.cell, fix.after) for fix in repair}
            for repair in repairs(check(law, form, good | bad))
        ]
        if wanted in ranked[:3]:
            places[ranked.index(wanted)] += 1
    taken = (time.perf_counter() - started) / count * 1000
    print(
        f"double errors: {places[0]} first, {places[1]} second, {places[2]} third of {count}, {taken:.1f} ms each"
    )


if __name__ == "__main__":
    main()
