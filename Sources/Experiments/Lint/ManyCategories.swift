import Datasets
import Tracking

/// A column of words that becomes very many columns, or has another word in every row.
enum ManyCategories: LintRule {
  static let name = "many-categories"
  static let reason =
    "every category is a column with weights of its own, and one that few rows have teaches nothing"

  private static let most = 50

  static func findings(in experiment: LintedExperiment) -> [Finding] {
    experiment.sweeps.compactMap { _, members in
      for member in members {
        guard let data = experiment.data(of: member.network), let recipes = data.recipes else {
          continue
        }
        for recipe in recipes {
          guard case .categories(let words) = recipe.kind,
            words.count > most || (words.count > 2 && words.count == data.train.rows)
          else { continue }
          return Finding(
            mark: experiment.mark(ofData: "categories"),
            message: "'\(recipe.name)' has \(words.count) categories in \(data.train.rows) rows",
            fix: "write data: {min_count: 10}, or drop: [\(recipe.name)]")
        }
      }
      return nil
    }
  }
}
