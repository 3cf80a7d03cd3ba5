"""M/M/c in SimPy, as its documentation teaches it: a resource, a process per customer. Prints one JSON line."""
import json
import random
import sys
import time

import simpy

servers, customers, seed = (int(argument) for argument in sys.argv[1:4])
utilization = 0.9


class Station:
    def __init__(self, env, rng):
        self.env = env
        self.rng = rng
        self.servers = simpy.Resource(env, capacity=servers)
        self.events = 0
        self.waited = 0.0

    def customer(self):
        arrived = self.env.now
        with self.servers.request() as turn:
            yield turn
            self.waited += self.env.now - arrived
            yield self.env.timeout(self.rng.expovariate(1.0))
        self.events += 1

    def arrivals(self):
        for _ in range(customers):
            yield self.env.timeout(self.rng.expovariate(utilization * servers))
            self.events += 1
            self.env.process(self.customer())


env = simpy.Environment()
station = Station(env, random.Random(seed))
env.process(station.arrivals())
began = time.process_time()
env.run()
seconds = time.process_time() - began
print(json.dumps({"events": station.events, "cpuSeconds": seconds, "mean": station.waited / customers}))
