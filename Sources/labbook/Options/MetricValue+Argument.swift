public import ArgumentParser
public import Tracking

extension MetricValue: ExpressibleByArgument {}
