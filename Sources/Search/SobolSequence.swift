/// One dimension of the Sobol sequence with the direction numbers of Joe and Kuo ("Constructing Sobol
/// sequences with better two-dimensional projections", 2008; their set new-joe-kuo-6.21201).
///
/// Point n is the exclusive or of the direction numbers at the places of the bits of n's Gray code,
/// so that points 2^k n to 2^k (n + 1) - 1 hold one in each of 2^k equal parts.
package struct SobolSequence: Sendable {
  private let directions: [UInt32]
  private let shift: UInt32

  /// The number of dimensions there are direction numbers for.
  package static var mostDimensions: Int { initial.count + 1 }

  /// Makes a dimension, from 0.
  ///
  /// - Parameter shift: bits that every point is changed by; 0 for the sequence itself.
  package init(dimension: Int, shift: UInt32 = 0) {
    self.shift = shift
    directions = Self.directions(dimension)
  }

  /// The point of a number, from 0, in [0, 1).
  package func point(_ number: Int) -> Double {
    var gray = UInt32(truncatingIfNeeded: number ^ (number >> 1))
    var bits = shift
    while gray != 0 {
      bits ^= directions[gray.trailingZeroBitCount]
      gray &= gray - 1
    }
    return Double(bits) * 0x1p-32
  }

  /// The direction numbers v(k) = m(k) / 2^k as 32 bits.
  ///
  /// Of a primitive polynomial of degree s they are
  /// m(k) = 2 a(1) m(k-1) ^ ... ^ 2^(s-1) a(s-1) m(k-s+1) ^ 2^s m(k-s) ^ m(k-s).
  private static func directions(_ dimension: Int) -> [UInt32] {
    guard dimension > 0 else { return (0..<32).map { 1 << (31 - UInt32($0)) } }
    let (polynomial, start) = initial[dimension - 1]
    let degree = start.count
    var numbers = start
    for place in degree..<32 {
      var next = numbers[place - degree] ^ (numbers[place - degree] << UInt32(degree))
      for back in 1..<max(1, degree) where polynomial >> UInt32(degree - back) & 1 == 1 {
        next ^= numbers[place - back] << UInt32(back)
      }
      numbers.append(next)
    }
    return numbers.enumerated().map { $1 << (31 - UInt32($0)) }
  }

  /// Of the dimensions from the second on: the polynomial over two elements as bits, and the first
  /// m(k), as many as its degree.
  private static let initial: [(polynomial: UInt32, start: [UInt32])] = [
    (3, [1]), (7, [1, 3]), (11, [1, 3, 1]), (13, [1, 1, 1]), (19, [1, 1, 3, 3]),
    (25, [1, 3, 5, 13]), (37, [1, 1, 5, 5, 17]), (41, [1, 1, 5, 5, 5]), (47, [1, 1, 7, 11, 19]),
    (55, [1, 1, 5, 1, 1]), (59, [1, 1, 1, 3, 11]), (61, [1, 3, 5, 5, 31]),
    (67, [1, 3, 3, 9, 7, 49]), (91, [1, 1, 1, 15, 21, 21]), (97, [1, 3, 1, 13, 27, 49]),
    (103, [1, 1, 1, 15, 7, 5]), (109, [1, 3, 1, 15, 13, 25]), (115, [1, 1, 5, 5, 19, 61]),
    (131, [1, 3, 7, 11, 23, 15, 103]), (137, [1, 3, 7, 13, 13, 15, 69]),
    (143, [1, 1, 3, 13, 7, 35, 63]), (145, [1, 3, 5, 9, 1, 25, 53]),
    (157, [1, 3, 1, 13, 9, 35, 107]), (167, [1, 3, 1, 5, 27, 61, 31]),
    (171, [1, 1, 5, 11, 19, 41, 61]), (185, [1, 3, 5, 3, 3, 13, 69]),
    (191, [1, 1, 7, 13, 1, 19, 1]), (193, [1, 3, 7, 5, 13, 19, 59]),
    (203, [1, 1, 3, 9, 25, 29, 41]), (211, [1, 3, 5, 13, 23, 1, 55]),
    (213, [1, 3, 7, 3, 13, 59, 17]), (229, [1, 3, 1, 3, 5, 53, 69]),
    (239, [1, 1, 5, 5, 23, 33, 13]), (241, [1, 1, 7, 7, 1, 61, 123]),
    (247, [1, 1, 7, 9, 13, 61, 49]), (253, [1, 3, 3, 5, 3, 55, 33]),
    (285, [1, 3, 1, 15, 31, 13, 49, 245]), (299, [1, 3, 5, 15, 31, 59, 63, 97]),
    (301, [1, 3, 1, 11, 11, 11, 77, 249]), (333, [1, 3, 1, 11, 27, 43, 71, 9]),
    (351, [1, 1, 7, 15, 21, 11, 81, 45]), (355, [1, 3, 7, 3, 25, 31, 65, 79]),
    (357, [1, 3, 1, 1, 19, 11, 3, 205]), (361, [1, 1, 5, 9, 19, 21, 29, 157]),
    (369, [1, 3, 7, 11, 1, 33, 89, 185]), (391, [1, 3, 3, 3, 15, 9, 79, 71]),
    (397, [1, 3, 7, 11, 15, 39, 119, 27]), (425, [1, 1, 3, 1, 11, 31, 97, 225]),
    (451, [1, 1, 1, 3, 23, 43, 57, 177]), (463, [1, 3, 7, 7, 17, 17, 37, 71]),
    (487, [1, 3, 1, 5, 27, 63, 123, 213]), (501, [1, 1, 3, 5, 11, 43, 53, 133]),
    (529, [1, 3, 5, 5, 29, 17, 47, 173, 479]), (539, [1, 3, 3, 11, 3, 1, 109, 9, 69]),
    (545, [1, 1, 1, 5, 17, 39, 23, 5, 343]), (557, [1, 3, 1, 5, 25, 15, 31, 103, 499]),
    (563, [1, 1, 1, 11, 11, 17, 63, 105, 183]), (601, [1, 1, 5, 11, 9, 29, 97, 231, 363]),
    (607, [1, 1, 5, 15, 19, 45, 41, 7, 383]), (617, [1, 3, 7, 7, 31, 19, 83, 137, 221]),
    (623, [1, 1, 1, 3, 23, 15, 111, 223, 83]), (631, [1, 1, 5, 13, 31, 15, 55, 25, 161]),
    (637, [1, 1, 3, 13, 25, 47, 39, 87, 257]),
  ]
}
