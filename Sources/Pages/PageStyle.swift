/// How pages look, by day and by night, on a phone and on paper.
enum PageStyle {
  static let css = """
    :root { color-scheme: light dark; --ink: #1b1b1f; --soft: #5d5d66; --paper: #fdfdfb;
      --box: #f3f2ee; --line: #dcdad2; --accent: #0b5c8e; --good: #1d6b36; --bad: #a4262c;
      --open: #7a5b00; --figure: #fff; --shade: #0004; }
    @media screen and (prefers-color-scheme: dark) {
      :root { --ink: #e4e3df; --soft: #a3a29c; --paper: #17181b; --box: #212327; --line: #3a3c42;
        --accent: #7cc0ee; --good: #7fcf96; --bad: #f0908f; --open: #e3c069;
        --figure: #16181d; --shade: #fff5; }
    }
    * { box-sizing: border-box; }
    html { font-size: 106.25%; -webkit-text-size-adjust: 100%; }
    body { margin: 0 auto; max-width: 54rem; padding: 1.5rem 1.1rem 3rem; background: var(--paper);
      color: var(--ink); line-height: 1.6; overflow-wrap: break-word;
      font-family: "Charter", "Bitstream Charter", "Iowan Old Style", "Palatino Linotype", Georgia,
        "DejaVu Serif", serif; }
    h1, h2, h3, h4, .title { line-height: 1.2; text-wrap: balance; margin: 2.2rem 0 .8rem; }
    h1 { font-size: 1.95rem; } h2 { font-size: 1.4rem; } h3 { font-size: 1.15rem; }
    header h1, header .title { margin-top: .5rem; }
    .title { color: var(--soft); font-style: italic; margin-bottom: 0; }
    .tags span { border: 1px solid var(--line); border-radius: 1rem; padding: .05rem .6rem;
      color: var(--soft); font-size: .8rem; white-space: nowrap; display: inline-block;
      margin: .1rem 0; }
    main > p, main > ul, main > ol, main > blockquote, main > h1, main > h2, main > h3 {
      max-width: 40rem; }
    a { color: var(--accent); }
    .address { color: var(--soft); font-size: .85em; }
    code, pre { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
      font-size: .86em; }
    code { background: var(--box); border-radius: .2rem; padding: .05em .3em; }
    pre { background: var(--box); padding: .8rem 1rem; overflow-x: auto; border-radius: .3rem; }
    pre code { padding: 0; background: none; }
    blockquote { margin: 1rem 0; padding-left: 1rem; border-left: 3px solid var(--line);
      color: var(--soft); }
    hr { border: 0; border-top: 1px solid var(--line); margin: 2rem 0; }
    .index { padding: 0; list-style: none; }
    .index li { padding: .6rem 0; border-bottom: 1px solid var(--line); }
    .index .count { font: .8rem system-ui, sans-serif; margin: 0 .4rem; white-space: nowrap; }
    .count.held { color: var(--good); } .count.not-held { color: var(--bad); }
    .value { font-variant-numeric: tabular-nums; border-bottom: 1px dotted var(--soft);
      white-space: nowrap; }
    .value.missing { white-space: normal; color: var(--open); border: 0;
      padding: 0; margin: 0; }
    figure { margin: 1.6rem 0; }
    figcaption { color: var(--soft); font-size: .86rem; margin-top: .4rem; }
    .remark { color: var(--soft); font-size: .8rem; margin: .3rem 0 0; }
    .table figcaption { margin: 0 0 .4rem; font-weight: bold; color: var(--ink); }
    .picture { overflow-x: auto; overflow-y: hidden; background-color: #fff;
      border: 1px solid var(--line); border-radius: .3rem;
      max-width: calc(var(--width, 100%) + 2px); }
    .themed { background-color: var(--figure); --ground: var(--figure); }
    .themed, .wide { background-image:
        linear-gradient(to right, var(--ground, var(--paper)) 40%, transparent),
        linear-gradient(to left, var(--ground, var(--paper)) 40%, transparent),
        radial-gradient(farthest-side at 0 50%, var(--shade), transparent),
        radial-gradient(farthest-side at 100% 50%, var(--shade), transparent);
      background-repeat: no-repeat; background-attachment: local, local, scroll, scroll;
      background-size: 2.4rem 100%, 2.4rem 100%, .9rem 100%, .9rem 100%;
      background-position: left, right, left, right; }
    .night { display: none; }
    @media screen and (prefers-color-scheme: dark) {
      .night { display: inline; } div.night { display: block; } .day { display: none; } }
    .picture svg { display: block; width: 100%; min-width: min(34rem, var(--width, 34rem));
      height: auto; }
    .wide { overflow-x: auto; overflow-y: hidden; }
    .pages { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; font-size: .86rem;
      font-family: system-ui, sans-serif; } .pages:empty { display: none; }
    .pages .next { margin-left: auto; text-align: right; }
    table { border-collapse: collapse; font-size: .86rem; line-height: 1.35; min-width: 40%;
      font-variant-numeric: tabular-nums; font-family: system-ui, sans-serif; }
    .wide table { width: max-content; } td:not(.number) { max-width: 24rem; }
    th, td { padding: .35rem .8rem .35rem 0; text-align: left; vertical-align: top;
      border-bottom: 1px solid var(--line); }
    table.dense { font-size: .74rem; } .dense th, .dense td { padding-right: .5rem; }
    th { border-bottom: 2px solid var(--soft); }
    .number { text-align: right; white-space: nowrap; } .middle { text-align: center; }
    .sweep, footer { background: var(--box); border-radius: .3rem; padding: .7rem 1rem;
      margin: 1.4rem 0; font-size: .86rem; line-height: 1.45; font-family: system-ui, sans-serif; }
    .label { margin: 0 0 .3rem; }
    dl { margin: 0; }
    dl div { display: grid; grid-template-columns: minmax(6rem, 10rem) 1fr; gap: 0 .8rem; }
    dt { color: var(--soft); overflow-wrap: anywhere; }
    dd { margin: 0; overflow-wrap: anywhere; }
    details { margin-top: .8rem; } summary { cursor: pointer; color: var(--soft); }
    .note, .missing { color: var(--open); margin: .4rem 0 0; }
    .missing { border: 1px dashed; border-radius: .3rem; padding: .7rem 1rem; white-space: pre-wrap; }
    .claim { border-left: 4px solid var(--open); padding: .1rem 0 .1rem 1rem; margin: 1.4rem 0; }
    .claim p { margin: .25rem 0; }
    .claim ul { margin: .3rem 0; padding-left: 1.1rem; font-size: .86rem; color: var(--soft);
      font-family: system-ui, sans-serif; font-variant-numeric: tabular-nums; }
    .exercise { border: 1px solid var(--accent); border-radius: .3rem; padding: .4rem 1rem .8rem;
      margin: 1.8rem 0; }
    .exercise > p, .exercise > ul, .exercise > ol { max-width: 40rem; }
    .exercise .label, .exercise .form, .exercise .that { font-size: .86rem;
      font-family: system-ui, sans-serif; color: var(--soft); margin: .4rem 0; }
    .exercise .label { color: var(--accent); } .exercise pre { margin: .4rem 0; }
    .exercise details { margin-top: .4rem; } .exercise details p { margin: .4rem 0; }
    .hand-in { margin-top: .8rem; }
    .answer { border-top: 1px solid var(--accent); margin-top: .8rem; }
    .verdict { font: bold .8rem system-ui, sans-serif; color: var(--open); }
    .held { border-color: var(--good); } .held .verdict { color: var(--good); }
    .not-held { border-color: var(--bad); } .not-held .verdict { color: var(--bad); }
    .held .verdict::before { content: "\\2713  "; }
    .not-held .verdict::before { content: "\\2717  "; }
    .undecided .verdict::before { content: "?  "; }
    math { font-size: 1.05em;
      font-family: "Latin Modern Math", "STIX Two Math", "Cambria Math", math; }
    math[display="block"] { margin: 1rem 0; padding: .3rem 0; overflow-x: auto; overflow-y: hidden; }
    mtable.left mtd, mtable.aligned mtd { text-align: left; padding: .15em .4em; }
    mtable.aligned mtd:nth-child(odd) { text-align: right; }
    @media (max-width: 32rem) { dl div { grid-template-columns: minmax(5rem, 7rem) 1fr; }
      td:not(.number) { max-width: 14rem; } h1 { font-size: 1.6rem; }
      .value { white-space: normal; } }
    @page { margin: 16mm 14mm 18mm; }
    @media print { html { font-size: 10pt; }
      body { max-width: none; padding: 0; background: #fff; }
      .pages { display: none; }
      .picture, .wide, pre, math[display="block"] { overflow: visible; }
      .picture { border: 0; max-width: min(100%, calc(.75 * var(--width, 100%))); }
      .themed, .wide { background-image: none; }
      .picture svg { min-width: 0; max-height: 215mm; }
      .wide table { width: auto; max-width: 100%; } td:not(.number) { max-width: none;
        overflow-wrap: anywhere; } table.dense { font-size: .62rem; }
      pre { white-space: pre-wrap; } thead { display: table-header-group; }
      .claim, .sweep, .picture, .hand-in, tr { break-inside: avoid; } p { orphans: 3; widows: 3; }
      h1, h2, h3, .table figcaption { break-after: avoid; } }

    """
}
