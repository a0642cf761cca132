import Datasets
import Testing
import Tracking

@Suite struct FewerRowsTests {
  /// Two columns and three classes: 4,000,000 numbers are 2,000,000 rows, 666,666 of each class.
  @Test func veryManyRowsBecomeFewer() throws {
    let many = try configuration("spiral", ["points_per_class": .integer(50_000_000)]) {
      $0.split = DataConfiguration.Split(val: .rows(1_500_000), test: .share(0.1))
      $0.take = 140_000_000
    }
    let fewer = try #require(many.ofFewerRows(DataLibrary().shape(of: many)))
    #expect(fewer.source.integer("points_per_class") == 666_666)
    #expect(fewer.take == nil && fewer.split.test == .share(0.1))
    guard case .share(let share) = fewer.split.val else { return #expect(Bool(false)) }
    #expect(abs(share - 1.5 / 140) < 1e-12)
    #expect(fewer.seed == many.seed && fewer.normalize == many.normalize)
  }

  @Test func fewRowsStay() throws {
    let few = try configuration("spiral")
    #expect(try few.ofFewerRows(DataLibrary().shape(of: few)) == nil)
  }
}
