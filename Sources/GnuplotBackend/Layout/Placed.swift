package import Drawing
package import Figures

/// A rectangle in points from the upper left corner of the picture.
package struct Rect: Hashable, Sendable {
  package var x: Double
  package var y: Double
  package var width: Double
  package var height: Double

  package var right: Double { x + width }
  package var bottom: Double { y + height }
  package var middleX: Double { x + width / 2 }
  package var middleY: Double { y + height / 2 }
}

/// A line of text at its place; `y` is the middle of its height.
package struct PlacedText: Hashable, Sendable {
  package enum Anchor: String, Hashable, Sendable { case left, center, right }

  package var text: String
  package var x: Double
  package var y: Double
  package var anchor: Anchor
  package var size: Double
  package var color: Color
  /// Degrees, counterclockwise.
  package var rotation = 0.0
}

/// A straight line between two places.
package struct PlacedLine: Hashable, Sendable {
  package var fromX: Double
  package var fromY: Double
  package var toX: Double
  package var toY: Double
  package var stroke: Stroke
}

/// A filled rectangle.
package struct PlacedBox: Hashable, Sendable {
  package var rect: Rect
  package var color: Color
  package var opacity: Double
}

/// A marker of a series.
package struct PlacedMarker: Hashable, Sendable {
  package var x: Double
  package var y: Double
  package var stroke: Stroke
}

/// A panel with its axes settled.
package struct PlacedPanel: Hashable, Sendable {
  package var panel: Panel
  package var frame: Rect
  package var xRange: ClosedRange<Double>
  package var yRange: ClosedRange<Double>
  package var xTicks: [Tick]
  package var yTicks: [Tick]
}
