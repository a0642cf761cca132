import Foundation
package import TensorKernels

/// A density over searched ranges: a kernel at every observation and a broad one over the whole space,
/// all of the same weight.
///
/// Numbers lie on [0, 1] by `SearchedRange.unit`; their kernel is a normal density cut off at the ends.
/// Its deviation is the greater distance to the next observation on either side, of the least and the
/// greatest observation that to the next one within, at least 1/min(100, n + 2) of n observations. A
/// choice's kernel gives its own value 1 + 1/(n + 1) and every other 1/(n + 1), divided by their sum. Where
/// an observation has no value, as of a setting that another choice has, its kernel is uniform there.
package struct ParzenEstimator {
  private let ranges: [SearchedRange]
  private let smoothing: Double
  private let leastDeviation: Double
  /// Kernel by kernel, a range each.
  private var kernels: [Kernel] = []
  private var count = 0

  /// One observation's kernel in one range.
  private struct Kernel {
    /// On [0, 1], or the choice; not-a-number where there is none.
    var centre: Double
    var deviation = 1.0
    /// The logarithm of what normalises it.
    var scale = 0.0
  }

  /// Makes the density of some observations.
  package init(_ observations: [[Double?]], of ranges: [SearchedRange]) {
    self.ranges = ranges
    count = observations.count
    smoothing = 1 / Double(count + 1)
    leastDeviation = 1 / Double(min(100, count + 2))
    kernels.reserveCapacity((count + 8) * ranges.count)
    for observation in observations { kernels += places(observation).map { Kernel(centre: $0) } }
    for place in ranges.indices { spread(place) }
  }

  /// Adds a kernel at one more observation; the others stay as they are.
  package mutating func add(_ observation: [Double?]) {
    let centres = places(observation)
    for (place, centre) in centres.enumerated() {
      let others = (0..<count).map { kernels[$0 * ranges.count + place].centre }
      let below = others.filter { $0 <= centre }.max() ?? 0
      let above = others.filter { $0 > centre }.min() ?? 1
      kernels.append(kernel(centre, max(centre - below, above - centre), place))
    }
    count += 1
  }

  private func places(_ observation: [Double?]) -> [Double] {
    zip(ranges, observation).map { range, value in
      guard let value else { return .nan }
      return range.kind == .choice ? value : range.unit(of: value)
    }
  }

  /// Gives the kernels of a range their deviations.
  private mutating func spread(_ place: Int) {
    let indices = (0..<count).map { $0 * ranges.count + place }
    let known = indices.filter { !kernels[$0].centre.isNaN }
      .sorted { kernels[$0].centre < kernels[$1].centre }
    let centres = known.map { kernels[$0].centre }
    for (order, index) in known.enumerated() {
      let isInner = centres.count == 1
      let left = order > 0 ? centres[order] - centres[order - 1] : isInner ? centres[order] : 0
      let right =
        order < centres.count - 1
        ? centres[order + 1] - centres[order] : isInner ? 1 - centres[order] : 0
      kernels[index] = kernel(centres[order], max(left, right), place)
    }
    for index in indices where kernels[index].centre.isNaN {
      kernels[index] = kernel(.nan, 1, place)
    }
  }

  private func kernel(_ centre: Double, _ gap: Double, _ place: Int) -> Kernel {
    let choices = Double(ranges[place].choiceCount)
    if ranges[place].kind == .choice {
      let scale = centre.isNaN ? -log(choices) : -log(1 + smoothing * choices)
      return Kernel(centre: centre, scale: scale)
    }
    if centre.isNaN { return Kernel(centre: centre) }
    let deviation = min(1, max(leastDeviation, gap))
    return Kernel(
      centre: centre, deviation: deviation, scale: Self.scale(centre, deviation))
  }

  private static func scale(_ centre: Double, _ deviation: Double) -> Double {
    let width = deviation * 2.0.squareRoot()
    let mass = (erf((1 - centre) / width) + erf(centre / width)) / 2
    return -log(deviation * (2 * Double.pi).squareRoot() * mass)
  }

  // MARK: Drawing

  /// A draw: the kernel first, then a value a range.
  package func draw(_ random: CounterRandom, _ number: Int, _ candidate: Int) -> [Double] {
    let first = candidate * (ranges.count + 1)
    let kernel = random.integer(below: count + 1, number, first)
    return ranges.enumerated().map { place, range in
      let minor = first + 1 + place
      let own = kernel < count ? kernels[kernel * ranges.count + place] : Kernel(centre: .nan)
      let centre = own.centre
      if range.kind == .choice {
        return Self.choice(centre, range.choiceCount, smoothing, random.uniform(number, minor))
      }
      if kernel < count, centre.isNaN { return range.value(at: random.uniform(number, minor)) }
      let isBroad = centre.isNaN
      return range.value(
        at: Self.normal(isBroad ? 0.5 : centre, isBroad ? 1 : own.deviation, random, number, minor))
    }
  }

  private static func choice(
    _ centre: Double, _ count: Int, _ smoothing: Double, _ uniform: Double
  ) -> Double {
    if centre.isNaN { return (uniform * Double(count)).rounded(.down) }
    let own = 1 / (1 + smoothing * Double(count))
    if uniform < own { return centre }
    return min(Double(count - 1), ((uniform - own) / (1 - own) * Double(count)).rounded(.down))
  }

  /// A draw from a normal density cut off at 0 and 1; at least a third of the draws lie between.
  private static func normal(
    _ centre: Double, _ deviation: Double, _ random: CounterRandom, _ number: Int, _ minor: Int
  ) -> Double {
    for attempt in 0..<64 {
      let value = centre + deviation * random.normal(number, minor + attempt << 32)
      if value >= 0, value < 1 { return value }
    }
    return centre
  }

  // MARK: Density

  /// The logarithm of the density at some values.
  package func logDensity(_ values: [Double]) -> Double {
    let places = zip(ranges, values).map { $0.kind == .choice ? $1 : $0.unit(of: $1) }
    var terms = [broad(places)]
    terms.reserveCapacity(count + 1)
    var index = 0
    let own = log(1 + smoothing)
    let other = log(smoothing)
    for _ in 0..<count {
      var sum = 0.0
      for place in places.indices {
        let kernel = kernels[index]
        sum += kernel.scale
        index += 1
        if kernel.centre.isNaN { continue }
        if ranges[place].kind == .choice {
          sum += kernel.centre == places[place] ? own : other
        } else {
          let distance = (places[place] - kernel.centre) / kernel.deviation
          sum -= 0.5 * distance * distance
        }
      }
      terms.append(sum)
    }
    let greatest = terms.max() ?? 0
    let total = terms.reduce(0) { $0 + exp($1 - greatest) }
    return greatest + log(total / Double(count + 1))
  }

  /// The kernel over the whole space: normal around the middle with deviation 1, every choice alike.
  private func broad(_ places: [Double]) -> Double {
    var sum = 0.0
    for (range, place) in zip(ranges, places) {
      if range.kind == .choice {
        sum -= log(Double(range.choiceCount))
      } else {
        sum += Self.scale(0.5, 1) - 0.5 * (place - 0.5) * (place - 0.5)
      }
    }
    return sum
  }
}
