/// What `/curves.json` says, as far as tests look at it.
struct ChartData: Decodable {
  let notes: [String]
  let metrics: [String]
  let lines: [Line]

  struct Line: Decodable {
    let id: String
    let name: String
    let metric: String
    let color: String
    let runs: Int
    let points: Int
    var x: [Double]
    var y: [Double?]
    let low: [Double]?
    let high: [Double]?
    let raw_y: [Double?]?
    let row: String
    let column: String
  }
}

/// What a `points` event says.
struct GrownLine: Decodable {
  let id: String
  let metric: String
  let x: [Double]
  let y: [Double?]
  let raw_y: [Double?]?
}
