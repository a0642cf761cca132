import Experiments
import Foundation
import Search
import Testing

@Test("Points of 64 dimensions are SciPy's")
func sobolPoints() throws {
  let place = fixtures.appendingPathComponent("search/sobol.csv")
  let lines = try String(contentsOf: place, encoding: .utf8).split(separator: "\n")
  let sequences = (0..<64).map { SobolSequence(dimension: $0) }
  #expect(lines.count == 34 && SobolSequence.mostDimensions == 64)
  for line in lines {
    let numbers = line.split(separator: ",").compactMap { Double($0) }
    #expect(numbers.count == 65)
    #expect(sequences.map { $0.point(Int(numbers[0])) } == Array(numbers.dropFirst()))
  }
}

@Test("A shift moves points and keeps one in each of 2^k equal parts", arguments: [0, 5, 40])
func sobolShift(dimension: Int) {
  let sequence = SobolSequence(dimension: dimension, shift: 0x9E37_79B9)
  let plain = SobolSequence(dimension: dimension)
  for start in [0, 64, 192] {
    let parts = Set((start..<start + 64).map { Int(sequence.point($0) * 64) })
    #expect(parts == Set(0..<64))
  }
  #expect(sequence.point(3) != plain.point(3))
}
