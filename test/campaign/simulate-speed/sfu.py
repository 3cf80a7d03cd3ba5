"""Interviews on media servers that are drained in turn, in SimPy. Prints one JSON line.

Interviews arrive, take a seat on the server with the fewest, and stay for a lognormal time. Every `drain_every` one
server takes nobody any more, a new one starts in its place, and the old one leaves when its last interview is over.
"""
import json
import math
import random
import sys
import time

import simpy

interviews, seed = (int(argument) for argument in sys.argv[1:3])
arrivals_per_second, mean_length, variation = 1.0, 1800.0, 0.5
fleet, seats, drain_every, start_up = 40, 80, 300.0, 90.0
sigma = math.sqrt(math.log(1 + variation**2))
mu = math.log(mean_length) - sigma**2 / 2


class Server:
    def __init__(self, env):
        self.seats = simpy.Resource(env, capacity=seats)
        self.draining = False
        self.empty = env.event()

    @property
    def used(self):
        return self.seats.count + len(self.seats.queue)


class Platform:
    def __init__(self, env, rng):
        self.env = env
        self.rng = rng
        self.servers = [Server(env) for _ in range(fleet)]
        self.events = 0
        self.refused = 0
        self.drained = 0
        self.drain_time = 0.0
        self.arrived = 0

    def interview(self):
        server = min(self.servers, key=lambda candidate: candidate.used)
        if server.used >= seats:
            self.refused += 1
            return
        with server.seats.request() as seat:
            yield seat
            yield self.env.timeout(self.rng.lognormvariate(mu, sigma))
        self.events += 1
        if server.draining and server.used == 0:
            server.empty.succeed()

    def arrivals(self):
        while self.arrived < interviews:
            yield self.env.timeout(self.rng.expovariate(arrivals_per_second))
            self.events += 1
            self.arrived += 1
            self.env.process(self.interview())

    def drains(self):
        while self.arrived < interviews:
            yield self.env.timeout(drain_every)
            self.events += 1
            self.env.process(self.drain(self.servers.pop(0)))
            self.env.process(self.start())

    def drain(self, server):
        began = self.env.now
        server.draining = True
        if server.used > 0:
            yield server.empty
        self.drained += 1
        self.drain_time += self.env.now - began

    def start(self):
        yield self.env.timeout(start_up)
        self.events += 1
        self.servers.append(Server(self.env))


env = simpy.Environment()
platform = Platform(env, random.Random(seed))
env.process(platform.arrivals())
env.process(platform.drains())
began = time.process_time()
env.run()
seconds = time.process_time() - began
mean = platform.drain_time / platform.drained
result = {"events": platform.events, "cpuSeconds": seconds, "mean": mean, "refused": platform.refused}
print(json.dumps(result))
