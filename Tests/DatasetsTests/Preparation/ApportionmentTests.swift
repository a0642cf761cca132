import Datasets
import Testing

/// Cases worked out by hand.
@Suite struct ApportionmentTests {
  @Test(arguments: [
    ([5.0, 2.5, 2.5], 10, [5, 3, 2]),
    ([2.5, 2.5], 5, [3, 2]),
    ([70.8, 19.7, 9.5], 100, [71, 20, 9]),
    ([0.3333333333, 0.3333333333, 0.3333333334], 1, [1, 0, 0]),
    ([71.00000000000001, 28.999999999999996], 100, [71, 29]),
    ([4, 0, 0], 4, [4, 0, 0]),
  ])
  func quotasAreRoundedToTheirTotal(quotas: [Double], total: Int, sizes: [Int]) {
    #expect(Apportionment.largestRemainder(quotas, total: total) == sizes)
  }

  @Test(arguments: [
    (500, [800, 800, 800], [167, 167, 166]),
    (3, [5, 3, 2], [1, 1, 1]),
    (4, [5, 3, 2], [2, 1, 1]),
    (2, [1, 1, 1], [1, 1, 0]),
    (0, [3, 4], [0, 0]),
    (7, [3, 4], [3, 4]),
  ])
  func rowsAreSharedAmongClasses(total: Int, counts: [Int], shares: [Int]) {
    #expect(Apportionment.share(total, among: counts) == shares)
  }
}
