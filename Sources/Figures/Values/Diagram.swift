public import Drawing

/// Boxes with arrows between them, such as the modules of a network; where they go is the drawing's
/// to say.
public struct Diagram: Hashable, Sendable, Codable {
  /// A box with lines of text.
  public struct Node: Hashable, Sendable, Codable {
    /// What it is, and so how it looks.
    public enum Kind: Hashable, Sendable, Codable {
      /// A box with a coloured edge.
      case module(Color)
      /// Text alone: what goes in and what comes out.
      case value
      /// A small circle: a sum, or a place where one value goes several ways.
      case joint
    }

    /// What is written, the first line strongest.
    public var lines: [String]
    /// What it is.
    public var kind: Kind

    /// Makes a box.
    public init(_ lines: [String], _ kind: Kind) {
      self.lines = lines
      self.kind = kind
    }
  }

  /// An arrow between two boxes.
  public struct Edge: Hashable, Sendable, Codable {
    /// The index of the box it leaves.
    public var from: Int
    /// The index of the box it reaches.
    public var to: Int
    /// What stands beside it.
    public var label: String

    /// Makes an arrow.
    public init(from: Int, to: Int, label: String = "") {
      self.from = from
      self.to = to
      self.label = label
    }
  }

  /// The boxes, in an order in which every arrow leads onwards.
  public var nodes: [Node]
  /// The arrows.
  public var edges: [Edge]
  /// Whether arrows lead upwards.
  public var isUpward: Bool

  /// Makes a diagram; every arrow leads to a box further on in the list.
  public init(nodes: [Node], edges: [Edge], isUpward: Bool = false) {
    self.nodes = nodes
    self.edges = edges
    self.isUpward = isUpward
    preconditionSound()
  }
}
