/// What `WholePageTests` compares with; read through by hand once, sign by sign.
enum WholePages {
  static let problems = #"""
    told.yaml:19:12 ["s"] no <gnuplot> | here
    told.yaml:23:37 ["s"] the claim does not hold: not (mean(val/loss, status = 'completed') < 100)
    told.yaml:27:13 ["later_on"] the sweep 'later_on' is not run yet
    told.yaml:28:15 ["later_on"] mean(val/loss): not run yet
    told.yaml:29:37 ["later_on"] the claim is undecided: mean(val/loss): not run yet

    """#

  static let html = #"""
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
    <meta name="generator" content="Labbook">
    <meta name="keywords" content="a|b,&lt;c&gt;">
    <meta name="labbook-claims" content="3">
    <meta name="labbook-claims-held" content="1">
    <title>Pages | &lt;b&gt; &amp; &quot;more&quot; &#39;x&#39;</title>
    <style></style>
    </head>
    <body>
    <nav class="pages"></nav>
    <header>
    <h1>Pages | &lt;b&gt; &amp; &quot;more&quot; &#39;x&#39;</h1>
    <p class="tags"><span>a|b</span> <span>&lt;c&gt;</span></p>
    </header>
    <main>
    <section class="sweep">
    <p class="label">sweep <strong>s</strong></p>
    <dl>
    <div><dt>runs</dt><dd>4 configurations, 12 runs</dd></div>
    <div><dt>seeds</dt><dd>1 to 3</dd></div>
    <div><dt>model</dt><dd>lines|&lt;i&gt; *x*, hidden</dd></div>
    <div><dt>lr</dt><dd>0.1, 0.2</dd></div>
    <div><dt>training time</dt><dd>5 m 30 s in all</dd></div>
    </dl>
    <p class="note">diverged: model=hidden, lr=0.2 (seed 2)</p>
    </section>
    <h2>Ratio <math><mrow><mfrac><mrow><mn>1</mn></mrow><mrow><mn>2</mn></mrow></mfrac></mrow></math> &amp; &lt;script&gt;</h2>
    <p>It reaches <span class="value" title="best(val/accuracy)">0.62 ± 0.06 (3)</span>, <strong><span class="value" title="mean(val/loss, model = &#39;lines|&lt;i&gt; *x*&#39;)">2.5 ± 0.2 (3), pooled over lr</span></strong>.
    <math display="block"><mrow><mroot><mrow><mi>x</mi></mrow><mrow><mn>3</mn></mrow></mroot></mrow></math></p>
    <figure>
    <div class="picture" role="img" aria-label="curves | &lt;b&gt; \ of" style="--width: 640px"><svg viewBox="0 0 640 480" width="640">
    <title>A &amp; &lt;b&gt; &amp; c</title>alert(1)
    <defs><linearGradient id="p1-g"/><path id="p1-q&quot;r" d="M0,0 L1&gt;2"/></defs>
    <use xlink:href="#p1-g" href="#p1-q"/><use/><image href="data:image/png;base64,AA"/>
    <image/><rect fill="url(#p1-g)"/>
    <g style="fill: red" data-a="b"><text>T</text></g>
    z</svg> tail</div>
    </figure>
    <figure>
    <div class="picture" role="img" aria-label="s: final" style="--width: 99px"><svg viewBox="0 0 99 9"></svg></div>
    </figure>
    <figure>
    <p class="missing">s: boundary: no &lt;gnuplot&gt; | here</p>
    </figure>
    <figure class="table">
    <figcaption>s: best by val/accuracy</figcaption>
    <div class="wide"><table>
    <thead>
    <tr><th scope="col">model</th><th scope="col" class="number">lr</th><th scope="col" class="number">val/accuracy</th><th scope="col">status</th><th scope="col">note</th></tr>
    </thead>
    <tbody>
    <tr><td>hidden</td><td class="number">0.1</td><td class="number">0.62 ± 0.06 (3)</td><td>completed</td><td></td></tr>
    <tr><td>lines|&lt;i&gt; *x*</td><td class="number">0.1</td><td class="number">0.38 ± 0.06 (3)</td><td>completed</td><td></td></tr>
    <tr><td>lines|&lt;i&gt; *x*</td><td class="number">0.2</td><td class="number">0.36 ± 0.06 (3)</td><td>completed</td><td></td></tr>
    <tr><td>hidden</td><td class="number">0.2</td><td class="number">0.61 ± 0.09 (2)</td><td>completed, diverged</td><td>1 diverged</td></tr>
    </tbody>
    </table></div>
    <p class="remark">Values are those of each run&#39;s epoch with the least val/loss. 1 diverged of 12 runs: in no mean; a configuration with such a run ranks after all without. val/accuracy is over 12 rows: drawing them alone gives ± 0.2 (95 %, at 0.625).</p>
    </figure>
    <figure class="table">
    <figcaption>s: val/loss against 0.1</figcaption>
    <div class="wide" tabindex="0"><table>
    <thead>
    <tr><th scope="col">lr</th><th scope="col">best configuration</th><th scope="col" class="number">val/loss</th><th scope="col" class="number">difference</th><th scope="col">95 % interval</th><th scope="col">in words</th></tr>
    </thead>
    <tbody>
    <tr><td>0.1</td><td>model=hidden</td><td class="number">1.5 ± 0.2 (3)</td><td class="number"></td><td></td><td>what the others are compared with</td></tr>
    <tr><td>0.2</td><td>model=lines|&lt;i&gt; *x*</td><td class="number">2.6 ± 0.2 (3)</td><td class="number">1.062 ± 0 (3)</td><td>[1.062, 1.062]</td><td>worse with every seed, no spread in 3 seeds</td></tr>
    </tbody>
    </table></div>
    <p class="remark">Values are the final ones. Each lr stands by its best configuration by val/loss, of those that differ in model. 1 diverged of 12 runs: in no mean; a configuration with such a run ranks after all without.</p>
    </figure>
    <section class="claim held">
    <p class="verdict">claim held</p>
    <p>Losses are | <em>small</em> &lt;i&gt;</p>
    <p class="that"><code>mean(val/loss, status = &#39;completed&#39;) &lt; 100</code></p>
    <ul>
    <li>mean(val/loss, status = &#39;completed&#39;) = 2.1 ± 0.3 (3), 95 % interval [1.423, 2.744], pooled over model, lr</li>
    <li>left - right = -97.9 ± 0.3 (3), 95 % interval [-98.58, -97.26] (Student&#39;s t over 3 seeds): held</li>
    </ul>
    </section>
    <section class="claim not-held">
    <p class="verdict">claim not held</p>
    <p>Losses are large</p>
    <p class="that"><code>not (mean(val/loss, status = &#39;completed&#39;) &lt; 100)</code></p>
    <ul>
    <li>mean(val/loss, status = &#39;completed&#39;) = 2.1 ± 0.3 (3), 95 % interval [1.423, 2.744], pooled over model, lr</li>
    <li>left - right = -97.9 ± 0.3 (3), 95 % interval [-98.58, -97.26] (Student&#39;s t over 3 seeds): held</li>
    </ul>
    </section>
    <section class="sweep">
    <p class="label">sweep <strong>later_on</strong></p>
    <dl>
    <div><dt>runs</dt><dd>1 configuration, 2 runs</dd></div>
    <div><dt>seeds</dt><dd>1, 2</dd></div>
    <div><dt>unlike the file</dt><dd>epochs = 3, model = hidden</dd></div>
    </dl>
    <p class="note">not run yet</p>
    </section>
    <figure class="table">
    <figcaption>later_on: best by val/loss</figcaption>
    <p class="missing">the sweep &#39;later_on&#39; is not run yet</p>
    </figure>
    <p><span class="value missing" title="mean(val/loss)">[mean(val/loss): not run yet]</span> and <span class="value" title="count(s, val/loss)">11</span></p>
    <section class="claim undecided">
    <p class="verdict">claim undecided</p>
    <p>Nothing is known</p>
    <p class="that"><code>mean(val/loss) &lt; 1</code></p>
    <ul>
    <li>mean(val/loss): not run yet</li>
    </ul>
    </section>
    </main>
    <footer>
    <p class="label">How this was made</p>
    <dl>
    <div><dt>command</dt><dd>labbook run told.yaml --set train.lr=0.1 --set &#39;title=it&#39;\&#39;&#39;s a b&#39;</dd></div>
    <div><dt>Labbook</dt><dd>0.0</dd></div>
    <div><dt>processor</dt><dd>a | b</dd></div>
    <div><dt>files differ from it</dt><dd>true</dd></div>
    <div><dt>trained</dt><dd>TIME</dd></div>
    <div><dt>training time</dt><dd>5 m 30 s in 12 runs</dd></div>
    </dl>
    <details>
    <summary>What all runs have in common</summary>
    <dl>
    <div><dt>data.classes</dt><dd>3</dd></div>
    <div><dt>data.label_noise</dt><dd>0</dd></div>
    <div><dt>data.noise</dt><dd>0.2</dd></div>
    <div><dt>data.normalize</dt><dd>none</dd></div>
    <div><dt>data.points_per_class</dt><dd>20</dd></div>
    <div><dt>data.scale</dt><dd>1</dd></div>
    <div><dt>data.seed</dt><dd>1</dd></div>
    <div><dt>data.shift</dt><dd>0</dd></div>
    <div><dt>data.source</dt><dd>spiral</dd></div>
    <div><dt>data.split.test</dt><dd>none</dd></div>
    <div><dt>data.split.val</dt><dd>0.2</dd></div>
    <div><dt>data.take</dt><dd>none</dd></div>
    <div><dt>train.batch_size</dt><dd>32</dd></div>
    <div><dt>train.clip_norm</dt><dd>none</dd></div>
    <div><dt>train.early_stopping</dt><dd>none</dd></div>
    <div><dt>train.init</dt><dd>default</dd></div>
    <div><dt>train.l1</dt><dd>0</dd></div>
    <div><dt>train.log.every</dt><dd>epoch</dd></div>
    <div><dt>train.log.grad_norm</dt><dd>false</dd></div>
    <div><dt>train.log.layers</dt><dd>false</dd></div>
    <div><dt>train.loss</dt><dd>cross-entropy</dd></div>
    <div><dt>train.loss.class_weights</dt><dd>none</dd></div>
    <div><dt>train.loss.label_smoothing</dt><dd>0</dd></div>
    <div><dt>train.optimizer</dt><dd>adam</dd></div>
    <div><dt>train.optimizer.beta1</dt><dd>0.9</dd></div>
    <div><dt>train.optimizer.beta2</dt><dd>0.999</dd></div>
    <div><dt>train.optimizer.eps</dt><dd>1e-08</dd></div>
    <div><dt>train.schedule</dt><dd>constant</dd></div>
    <div><dt>train.schedule.warmup</dt><dd>0</dd></div>
    <div><dt>train.shuffle</dt><dd>true</dd></div>
    <div><dt>train.weight_decay</dt><dd>0</dd></div>
    </dl>
    </details>
    </footer>
    <nav class="pages"></nav>
    </body>
    </html>

    """#

  static let markdown = #"""
    # Pages \| &lt;b\> \& "more" 'x'

    Sweep **s**:

    - runs: 4 configurations, 12 runs
    - seeds: 1 to 3
    - model: lines\|&lt;i\> \*x\*, hidden
    - lr: 0.1, 0.2
    - training time: 5 m 30 s in all
    - diverged: model=hidden, lr=0.2 (seed 2)

    ## Ratio $\frac{1}{2}$ \& &lt;script\>

    It reaches 0.62 ± 0.06 (3), **2.5 ± 0.2 (3), pooled over lr**.
    $$\sqrt[3]{x}$$

    ![curves \| &lt;b\> \\ of](s-curves%20%7C.svg)

    [s: final](s-final.pdf)

    > s: boundary: no &lt;gnuplot\> \| here

    **s: best by val/accuracy**

    | model | lr | val/accuracy | status | note |
    | --- | ---: | ---: | --- | --- |
    | hidden | 0.1 | 0.62 ± 0.06 (3) | completed |  |
    | lines\|&lt;i\> \*x\* | 0.1 | 0.38 ± 0.06 (3) | completed |  |
    | lines\|&lt;i\> \*x\* | 0.2 | 0.36 ± 0.06 (3) | completed |  |
    | hidden | 0.2 | 0.61 ± 0.09 (2) | completed, diverged | 1 diverged |

    Values are those of each run's epoch with the least val/loss. 1 diverged of 12 runs: in no mean; a configuration with such a run ranks after all without. val/accuracy is over 12 rows: drawing them alone gives ± 0.2 (95 %, at 0.625).

    **s: val/loss against 0.1**

    | lr | best configuration | val/loss | difference | 95 % interval | in words |
    | --- | --- | ---: | ---: | --- | --- |
    | 0.1 | model=hidden | 1.5 ± 0.2 (3) |  |  | what the others are compared with |
    | 0.2 | model=lines\|&lt;i\> \*x\* | 2.6 ± 0.2 (3) | 1.062 ± 0 (3) | \[1.062, 1.062\] | worse with every seed, no spread in 3 seeds |

    Values are the final ones. Each lr stands by its best configuration by val/loss, of those that differ in model. 1 diverged of 12 runs: in no mean; a configuration with such a run ranks after all without.

    > ✓ **claim held:** Losses are \| *small* &lt;i\>
    >
    > mean(val/loss, status = 'completed') &lt; 100
    >
    > - mean(val/loss, status = 'completed') = 2.1 ± 0.3 (3), 95 % interval \[1.423, 2.744\], pooled over model, lr
    > - left - right = -97.9 ± 0.3 (3), 95 % interval \[-98.58, -97.26\] (Student's t over 3 seeds): held

    > ✗ **claim not held:** Losses are large
    >
    > not (mean(val/loss, status = 'completed') &lt; 100)
    >
    > - mean(val/loss, status = 'completed') = 2.1 ± 0.3 (3), 95 % interval \[1.423, 2.744\], pooled over model, lr
    > - left - right = -97.9 ± 0.3 (3), 95 % interval \[-98.58, -97.26\] (Student's t over 3 seeds): held

    Sweep **later\_on**:

    - runs: 1 configuration, 2 runs
    - seeds: 1, 2
    - unlike the file: epochs = 3, model = hidden
    - not run yet

    > **later\_on: best by val/loss**: the sweep 'later\_on' is not run yet

    \[mean(val/loss): not run yet\] and 11

    > ? **claim undecided:** Nothing is known
    >
    > mean(val/loss) &lt; 1
    >
    > - mean(val/loss): not run yet

    ---

    How this was made:

    - command: labbook run told.yaml --set train.lr=0.1 --set 'title=it'\\''s a b'
    - Labbook: 0.0
    - processor: a \| b
    - files differ from it: true
    - trained: TIME
    - training time: 5 m 30 s in 12 runs

    """#

  static let jupyter = #"""
    {
     "cells": [
      {"cell_type": "markdown", "id": "cell-1", "metadata": {}, "source": ["# Pages \\| &lt;b\\> \\& \"more\" 'x'"]},
      {"cell_type": "markdown", "id": "cell-2", "metadata": {}, "source": ["Sweep **s**:\n", "\n", "- runs: 4 configurations, 12 runs\n", "- seeds: 1 to 3\n", "- model: lines\\|&lt;i\\> \\*x\\*, hidden\n", "- lr: 0.1, 0.2\n", "- training time: 5 m 30 s in all\n", "- diverged: model=hidden, lr=0.2 (seed 2)"]},
      {"cell_type": "code", "execution_count": null, "id": "cell-3", "metadata": {}, "source": ["!cd . && labbook run told.yaml --only s"], "outputs": []},
      {"cell_type": "markdown", "id": "cell-4", "metadata": {}, "source": ["## Ratio $\\frac{1}{2}$ \\& &lt;script\\>\n", "\n", "It reaches 0.62 ± 0.06 (3), **2.5 ± 0.2 (3), pooled over lr**.\n", "$$\\sqrt[3]{x}$$"]},
      {"cell_type": "code", "execution_count": null, "id": "cell-5", "metadata": {}, "source": ["# curves | <b> \\ of\n", "from IPython.display import SVG\n", "SVG(filename=\"s-curves |.svg\")"], "outputs": [{"output_type": "display_data", "metadata": {}, "data": {"image/svg+xml": ["<svg viewBox=\"0 0 640 480\" width=\"640\">\n", "<title>A &amp; &lt;b&gt; &amp; c</title>alert(1)\n", "<defs><linearGradient id=\"p1-g\"/><path id=\"p1-q&quot;r\" d=\"M0,0 L1&gt;2\"/></defs>\n", "<use xlink:href=\"#p1-g\" href=\"#p1-q\"/><use/><image href=\"data:image/png;base64,AA\"/>\n", "<image/><rect fill=\"url(#p1-g)\"/>\n", "<g style=\"fill: red\" data-a=\"b\"><text>T</text></g>\n", "z</svg> tail"], "text/plain": ["curves | <b> \\ of"]}}]},
      {"cell_type": "code", "execution_count": null, "id": "cell-6", "metadata": {}, "source": ["# s: final"], "outputs": [{"output_type": "display_data", "metadata": {}, "data": {"image/svg+xml": ["<svg viewBox=\"0 0 99 9\"></svg>"], "text/plain": ["s: final"]}}]},
      {"cell_type": "code", "execution_count": null, "id": "cell-7", "metadata": {}, "source": ["# s: boundary"], "outputs": [{"output_type": "stream", "name": "stderr", "text": ["no <gnuplot> | here\n"]}]},
      {"cell_type": "code", "execution_count": null, "id": "cell-8", "metadata": {}, "source": ["# s: best by val/accuracy"], "outputs": [{"output_type": "display_data", "metadata": {}, "data": {"text/html": ["<div class=\"wide\"><table>\n", "<thead>\n", "<tr><th scope=\"col\">model</th><th scope=\"col\" class=\"number\">lr</th><th scope=\"col\" class=\"number\">val/accuracy</th><th scope=\"col\">status</th><th scope=\"col\">note</th></tr>\n", "</thead>\n", "<tbody>\n", "<tr><td>hidden</td><td class=\"number\">0.1</td><td class=\"number\">0.62 ± 0.06 (3)</td><td>completed</td><td></td></tr>\n", "<tr><td>lines|&lt;i&gt; *x*</td><td class=\"number\">0.1</td><td class=\"number\">0.38 ± 0.06 (3)</td><td>completed</td><td></td></tr>\n", "<tr><td>lines|&lt;i&gt; *x*</td><td class=\"number\">0.2</td><td class=\"number\">0.36 ± 0.06 (3)</td><td>completed</td><td></td></tr>\n", "<tr><td>hidden</td><td class=\"number\">0.2</td><td class=\"number\">0.61 ± 0.09 (2)</td><td>completed, diverged</td><td>1 diverged</td></tr>\n", "</tbody>\n", "</table></div>\n", "<p>Values are those of each run&#39;s epoch with the least val/loss. 1 diverged of 12 runs: in no mean; a configuration with such a run ranks after all without. val/accuracy is over 12 rows: drawing them alone gives ± 0.2 (95 %, at 0.625).</p>"], "text/plain": ["model           lr     val/accuracy  status               note\n", "hidden         0.1  0.62 ± 0.06 (3)  completed\n", "lines|<i> *x*  0.1  0.38 ± 0.06 (3)  completed\n", "lines|<i> *x*  0.2  0.36 ± 0.06 (3)  completed\n", "hidden         0.2  0.61 ± 0.09 (2)  completed, diverged  1 diverged\n", "Values are those of each run's epoch with the least val/loss. 1 diverged of 12 runs: in no mean; a configuration with such a run ranks after all without. val/accuracy is over 12 rows: drawing them alone gives ± 0.2 (95 %, at 0.625).\n"]}}]},
      {"cell_type": "code", "execution_count": null, "id": "cell-9", "metadata": {}, "source": ["# s: val/loss against 0.1"], "outputs": [{"output_type": "display_data", "metadata": {}, "data": {"text/html": ["<div class=\"wide\" tabindex=\"0\"><table>\n", "<thead>\n", "<tr><th scope=\"col\">lr</th><th scope=\"col\">best configuration</th><th scope=\"col\" class=\"number\">val/loss</th><th scope=\"col\" class=\"number\">difference</th><th scope=\"col\">95 % interval</th><th scope=\"col\">in words</th></tr>\n", "</thead>\n", "<tbody>\n", "<tr><td>0.1</td><td>model=hidden</td><td class=\"number\">1.5 ± 0.2 (3)</td><td class=\"number\"></td><td></td><td>what the others are compared with</td></tr>\n", "<tr><td>0.2</td><td>model=lines|&lt;i&gt; *x*</td><td class=\"number\">2.6 ± 0.2 (3)</td><td class=\"number\">1.062 ± 0 (3)</td><td>[1.062, 1.062]</td><td>worse with every seed, no spread in 3 seeds</td></tr>\n", "</tbody>\n", "</table></div>\n", "<p>Values are the final ones. Each lr stands by its best configuration by val/loss, of those that differ in model. 1 diverged of 12 runs: in no mean; a configuration with such a run ranks after all without.</p>"], "text/plain": ["lr   best configuration        val/loss     difference  95 % interval   in words\n", "0.1  model=hidden         1.5 ± 0.2 (3)                                 what the others are compared with\n", "0.2  model=lines|<i> *x*  2.6 ± 0.2 (3)  1.062 ± 0 (3)  [1.062, 1.062]  worse with every seed, no spread in 3 seeds\n", "Values are the final ones. Each lr stands by its best configuration by val/loss, of those that differ in model. 1 diverged of 12 runs: in no mean; a configuration with such a run ranks after all without.\n"]}}]},
      {"cell_type": "markdown", "id": "cell-10", "metadata": {}, "source": ["> ✓ **claim held:** Losses are \\| *small* &lt;i\\>\n", ">\n", "> mean(val/loss, status = 'completed') &lt; 100\n", ">\n", "> - mean(val/loss, status = 'completed') = 2.1 ± 0.3 (3), 95 % interval \\[1.423, 2.744\\], pooled over model, lr\n", "> - left - right = -97.9 ± 0.3 (3), 95 % interval \\[-98.58, -97.26\\] (Student's t over 3 seeds): held"]},
      {"cell_type": "markdown", "id": "cell-11", "metadata": {}, "source": ["> ✗ **claim not held:** Losses are large\n", ">\n", "> not (mean(val/loss, status = 'completed') &lt; 100)\n", ">\n", "> - mean(val/loss, status = 'completed') = 2.1 ± 0.3 (3), 95 % interval \\[1.423, 2.744\\], pooled over model, lr\n", "> - left - right = -97.9 ± 0.3 (3), 95 % interval \\[-98.58, -97.26\\] (Student's t over 3 seeds): held"]},
      {"cell_type": "markdown", "id": "cell-12", "metadata": {}, "source": ["Sweep **later\\_on**:\n", "\n", "- runs: 1 configuration, 2 runs\n", "- seeds: 1, 2\n", "- unlike the file: epochs = 3, model = hidden\n", "- not run yet"]},
      {"cell_type": "code", "execution_count": null, "id": "cell-13", "metadata": {}, "source": ["!cd . && labbook run told.yaml --only later_on"], "outputs": []},
      {"cell_type": "code", "execution_count": null, "id": "cell-14", "metadata": {}, "source": ["# later_on: best by val/loss"], "outputs": [{"output_type": "stream", "name": "stderr", "text": ["the sweep 'later_on' is not run yet\n"]}]},
      {"cell_type": "markdown", "id": "cell-15", "metadata": {}, "source": ["\\[mean(val/loss): not run yet\\] and 11"]},
      {"cell_type": "markdown", "id": "cell-16", "metadata": {}, "source": ["> ? **claim undecided:** Nothing is known\n", ">\n", "> mean(val/loss) &lt; 1\n", ">\n", "> - mean(val/loss): not run yet"]},
      {"cell_type": "markdown", "id": "cell-17", "metadata": {}, "source": ["How this was made:\n", "\n", "- command: labbook run told.yaml --set train.lr=0.1 --set 'title=it'\\\\''s a b'\n", "- Labbook: 0.0\n", "- processor: a \\| b\n", "- files differ from it: true\n", "- trained: TIME\n", "- training time: 5 m 30 s in 12 runs"]}
     ],
     "metadata": {
      "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
      "language_info": {"name": "python"}
     },
     "nbformat": 4,
     "nbformat_minor": 5
    }

    """#

  static let plain = #"""
    <body>
    <nav class="pages"></nav>
    <header>
    <p class="title">plain</p>
    </header>
    <main>
    <h1>Own</h1>
    <section class="sweep">
    <p class="label">sweep <strong>s</strong></p>
    <dl>
    <div><dt>runs</dt><dd>1 configuration, 1 run</dd></div>
    <div><dt>seed</dt><dd>1</dd></div>
    <div><dt>training time</dt><dd>under 1 s in all</dd></div>
    </dl>
    </section>
    </main>
    <footer>
    <p class="label">How this was made</p>
    <dl>
    <div><dt>command</dt><dd>labbook run told.yaml</dd></div>
    <div><dt>Labbook</dt><dd>0.0</dd></div>
    <div><dt>processor</dt><dd>a processor</dd></div>
    <div><dt>cores</dt><dd>2</dd></div>
    <div><dt>trained</dt><dd>TIME</dd></div>
    <div><dt>training time</dt><dd>under 1 s in 1 run</dd></div>
    </dl>
    <details>
    <summary>What all runs have in common</summary>
    <dl>
    <div><dt>data.features</dt><dd>2</dd></div>
    <div><dt>data.label_noise</dt><dd>0</dd></div>
    <div><dt>data.normalize</dt><dd>none</dd></div>
    <div><dt>data.points</dt><dd>30</dd></div>
    <div><dt>data.scale</dt><dd>1</dd></div>
    <div><dt>data.seed</dt><dd>1</dd></div>
    <div><dt>data.shift</dt><dd>0</dd></div>
    <div><dt>data.source</dt><dd>cloud</dd></div>
    <div><dt>data.split.test</dt><dd>none</dd></div>
    <div><dt>data.split.val</dt><dd>none</dd></div>
    <div><dt>data.take</dt><dd>none</dd></div>
    <div><dt>models.model.0</dt><dd>relu</dd></div>
    <div><dt>train.batch_size</dt><dd>32</dd></div>
    <div><dt>train.clip_norm</dt><dd>none</dd></div>
    <div><dt>train.early_stopping</dt><dd>none</dd></div>
    <div><dt>train.epochs</dt><dd>0</dd></div>
    <div><dt>train.init</dt><dd>default</dd></div>
    <div><dt>train.l1</dt><dd>0</dd></div>
    <div><dt>train.log.every</dt><dd>epoch</dd></div>
    <div><dt>train.log.grad_norm</dt><dd>false</dd></div>
    <div><dt>train.log.layers</dt><dd>false</dd></div>
    <div><dt>train.loss</dt><dd>none</dd></div>
    <div><dt>train.lr</dt><dd>0.001</dd></div>
    <div><dt>train.model</dt><dd>model</dd></div>
    <div><dt>train.optimizer</dt><dd>adam</dd></div>
    <div><dt>train.optimizer.beta1</dt><dd>0.9</dd></div>
    <div><dt>train.optimizer.beta2</dt><dd>0.999</dd></div>
    <div><dt>train.optimizer.eps</dt><dd>1e-08</dd></div>
    <div><dt>train.schedule</dt><dd>constant</dd></div>
    <div><dt>train.schedule.warmup</dt><dd>0</dd></div>
    <div><dt>train.shuffle</dt><dd>true</dd></div>
    <div><dt>train.weight_decay</dt><dd>0</dd></div>
    </dl>
    </details>
    </footer>
    <nav class="pages"></nav>
    </body>
    </html>

    """#

  static let plainMarkdown = #"""
    # Own

    Sweep **s**:

    - runs: 1 configuration, 1 run
    - seed: 1
    - training time: under 1 s in all

    ---

    How this was made:

    - command: labbook run told.yaml
    - Labbook: 0.0
    - processor: a processor
    - cores: 2
    - trained: TIME
    - training time: under 1 s in 1 run

    """#
}
