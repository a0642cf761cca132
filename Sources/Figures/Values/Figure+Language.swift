import Languages

extension Figure {
  /// The figure with its numbers as its language writes them, in everything but its title.
  public var localized: Figure {
    let language = style.language
    guard language != .english else { return self }
    var figure = self
    figure.subtitle = language.numbers(subtitle)
    figure.notes = notes.map(language.numbers)
    figure.panels = panels.map { row in row.map { $0.localized(language) } }
    for place in figure.legend.indices {
      figure.legend[place].label = language.numbers(figure.legend[place].label)
    }
    figure.moments = moments.map(\.localized)
    return figure
  }
}

extension Figure {
  /// What is said where the numbers of cells have no room in them.
  package var noteOfSmallCells: String { style.language(.smallCells) }

  /// What is said where names along an axis are left out.
  package var noteOfLackingNames: String { style.language(.namesLackRoom) }

  /// What is said where axes stand without what they are called.
  package var noteOfLackingAxes: String { style.language(.axesLackRoom) }
}

extension Style {
  /// What stands in a legend in place of so many names.
  package func wordsForMore(_ count: Int) -> String { language(.andMore, count) }

  /// What stands in a panel without anything to draw.
  package var wordsForNothing: String { language(.noValues) }
}

extension Panel {
  fileprivate func localized(_ language: Language) -> Panel {
    var panel = self
    panel.title = language.numbers(title)
    panel.x = x.localized(language)
    panel.y = y.localized(language)
    panel.layers = layers.map { $0.localized(language) }
    if let scale = colorScale {
      panel.colorScale?.label = language.numbers(scale.label)
      panel.colorScale?.axis = scale.axis.localized(language)
    }
    return panel
  }
}

extension Axis {
  fileprivate func localized(_ language: Language) -> Axis {
    var axis = self
    axis.name = language.numbers(name)
    axis.language = language
    return axis
  }
}

extension Layer {
  /// The same with the numbers that are written on it.
  fileprivate func localized(_ language: Language) -> Layer {
    switch self {
    case .heatMap(var map):
      for row in map.rows.indices {
        for column in map.rows[row].indices {
          map.rows[row][column].text = language.numbers(map.rows[row][column].text)
        }
      }
      return .heatMap(map)
    case .note(var note):
      note.text = language.numbers(note.text)
      return .note(note)
    case .tiles(var tiles):
      for row in tiles.rows.indices {
        for column in tiles.rows[row].indices {
          let caption = tiles.rows[row][column].caption
          tiles.rows[row][column].caption = language.numbers(caption)
        }
      }
      return .tiles(tiles)
    default: return self
    }
  }
}
