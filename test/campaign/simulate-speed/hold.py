"""The hold model in SimPy: every process sleeps for a random time, again and again. Prints one JSON line."""
import json
import random
import sys
import time

import simpy

pending, events, seed = (int(argument) for argument in sys.argv[1:4])


def process(env, draw):
    while True:
        yield env.timeout(draw(1.0))


env = simpy.Environment()
draw = random.Random(seed).expovariate
for _ in range(pending):
    env.process(process(env, draw))
for _ in range(2 * pending):
    env.step()
began = time.process_time()
for _ in range(events):
    env.step()
print(json.dumps({"events": events, "cpuSeconds": time.process_time() - began}))
