import Pages
import RunStorage
import Tracking

/// Tags and note of a run, with forms for those who may edit.
struct RunRemarks {
  let run: RunRecord
  let path: String
  let isEditing: Bool

  var markup: String {
    if !isEditing, run.tags.isEmpty, run.note == nil { return "" }
    return "<section class=\"remarks\"><h2>Tags and note</h2>\(tags)\(note)</section>"
  }

  private var tags: String {
    let tags = run.tags.map { tag in
      var find = TableRequest()
      find.filter = FilterClause.equal("tag", .text(tag)).text
      let link = Markup.link(find.address(), Markup.text(tag))
      guard isEditing else { return "<span class=\"tag\">\(link)</span>" }
      return "<form method=\"post\" action=\"\(path)/tags\"><span class=\"tag\">\(link)"
        + "<button name=\"remove\" value=\"\(escapedHTML(tag))\" aria-label=\"Take the tag \(escapedHTML(tag)) away\">×</button>"
        + "</span></form>"
    }
    let add =
      isEditing
      ? "<form method=\"post\" action=\"\(path)/tags\"><input name=\"add\" maxlength=\"100\" required "
        + "aria-label=\"A new tag\" placeholder=\"new tag\"><button>Add</button></form>" : ""
    return "<div class=\"tagline\">\(tags.joined())\(add)</div>"
  }

  private var note: String {
    guard isEditing else {
      return run.note.map { "<p class=\"note\">\(Markup.text($0))</p>" } ?? ""
    }
    return """
      <form method="post" action="\(path)/note"><textarea name="text" aria-label="Note" \
      placeholder="What you noticed">\n\(escapedHTML(run.note ?? ""))</textarea>
      <button>Keep the note</button></form>
      """
  }
}
