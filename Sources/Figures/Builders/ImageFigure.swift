import Drawing
import Languages
import Tracking

/// One image of a data set as people see it.
public struct SampleImage: Hashable, Sendable {
  /// Pixels across.
  public var width: Int
  /// Pixels down.
  public var height: Int
  /// Row by row from the top: one number a pixel for grey, three for red, green and blue, 0 to 1.
  public var pixels: [Double]

  /// Makes an image of grey or coloured pixels.
  public init(width: Int, height: Int, pixels: [Double]) {
    precondition(
      pixels.count == width * height || pixels.count == 3 * width * height,
      "one or three numbers a pixel")
    self.width = width
    self.height = height
    self.pixels = pixels
  }

  /// The colours of the pixels; what is not finite has the colour of what is absent.
  func colors(_ style: Style) -> [Color] {
    func part(_ value: Double) -> UInt8 { UInt8((255 * max(0, min(1, value))).rounded()) }
    let parts = width * height == 0 ? 1 : pixels.count / (width * height)
    return (0..<width * height).map { place in
      let numbers = pixels[place * parts..<(place + 1) * parts]
      guard numbers.allSatisfy(\.isFinite) else { return style.absent }
      let values = numbers.map(part)
      return parts == 1
        ? Color(red: values[0], green: values[0], blue: values[0])
        : Color(red: values[0], green: values[1], blue: values[2])
    }
  }
}

/// An image that a network took for something else.
public struct MistakenImage: Hashable, Sendable {
  /// The image.
  public var image: SampleImage
  /// What it is.
  public var truth: String
  /// What the network says.
  public var predicted: String
  /// The probability the network gives to what it says; `nil` where its outputs are none.
  public var probability: Double?

  /// Makes a mistake.
  public init(image: SampleImage, truth: String, predicted: String, probability: Double?) {
    self.image = image
    self.truth = truth
    self.predicted = predicted
    self.probability = probability
  }
}

/// The mistakes of one network, for one panel.
public struct MistakenImages: Hashable, Sendable {
  /// What stands above the panel.
  public var title: String
  /// The worst first.
  public var images: [MistakenImage]
  /// How many mistakes there are in all.
  public var count: Int
  /// How many rows were asked.
  public var rows: Int

  /// Makes a panel of mistakes.
  public init(title: String, images: [MistakenImage], count: Int, rows: Int) {
    self.title = title
    self.images = images
    self.count = count
    self.rows = rows
  }
}

extension Figure {
  /// Images of every class, a class a row.
  public static func imageData(
    _ classes: [(name: String, images: [SampleImage])], title: String, style: Style = .light
  ) -> Figure {
    let rows = classes.map { group in
      group.images.map { image in
        Tiles.Tile(width: image.width, height: image.height, colors: image.colors(style))
      }
    }
    let panel = Panel(tiles: Tiles(rows: rows, size: 44), rowNames: classes.map(\.name))
    return Figure(title: title, panels: [[panel]], style: style)
  }

  /// Images that networks took for something else, with what they are and what was said.
  public static func mistakes(
    _ networks: [MistakenImages], title: String, part: String, style: Style = .light
  ) -> Figure {
    let language = style.language
    let panels = networks.map { network -> Panel in
      let tiles = network.images.map { mistake -> Tiles.Tile in
        let share = mistake.probability.map { ", \(Self.percent($0, language))" } ?? ""
        return Tiles.Tile(
          width: mistake.image.width, height: mistake.image.height,
          colors: mistake.image.colors(style),
          caption: language(.mistakenImage, mistake.truth, mistake.predicted + share))
      }
      let columns = networks.count == 1 ? 6 : networks.count == 2 ? 4 : 3
      let total = language(.wrongOf, network.count, network.rows)
      return Panel(
        title: network.title.isEmpty ? total : "\(network.title): \(total)",
        tiles: Tiles(tiles, columns: min(columns, max(1, tiles.count)), size: 64))
    }
    return Figure(
      title: title, subtitle: language(.worstOfPart, language.part(part)),
      panels: Figure.rows(of: panels), style: style)
  }

  static func percent(_ share: Double, _ language: Language) -> String {
    guard share.isFinite else { return "NaN" }
    return language(.percent, Int(saturating: (100 * share).rounded()))
  }
}
