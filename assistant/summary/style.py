"""How the page looks: on a screen, in print, and in grey."""

STYLE = """
*{box-sizing:border-box}
body{font:15px/1.6 "Noto Sans CJK SC","Microsoft YaHei","PingFang SC",sans-serif;margin:1.5em auto;max-width:80em;padding:0 1.2em;color:#1f2328;background:#fff}
h1{font-size:1.6em;margin:.2em 0}h2{font-size:1.25em;margin:1.6em 0 .5em;border-bottom:2px solid #2f5d8c;padding-bottom:.2em}
h3{font-size:1.05em;margin:1.2em 0 .3em}a{color:#0b5394}.note{color:#57606a;margin:.2em 0}
.cards{display:flex;flex-wrap:wrap;gap:.8em;margin:1em 0}.cards div{flex:1 1 9em;border:1px solid #8c959f;border-radius:6px;padding:.5em .8em}
.cards b{display:block;font-size:1.7em;line-height:1.3}.cards small{color:#424a53}
.charts{display:flex;flex-wrap:wrap;gap:1.5em}figure{flex:1 1 28em;margin:0;border:1px solid #d0d7de;border-radius:6px;padding:.8em;max-width:40em}
figcaption{font-weight:600}svg{width:100%;height:auto}svg text{font-size:14px;fill:#1f2328}svg .mid{text-anchor:middle}svg .end{text-anchor:end}
svg .small{font-size:12px}svg .bar{fill:#2f5d8c}svg .axis{stroke:#57606a}
.tag{display:inline-block;border:1px solid #57606a;border-radius:4px;padding:0 .4em;white-space:nowrap;font-size:.9em;color:#000}
.t0{background:#f4a58a;border-width:2px;font-weight:700}.t1{background:#ffd27f}.t2{background:#fff2cc}.t3{background:#fff}
.nav{margin:.2em 0 1em}.pick{margin:0 .3em 0 .9em}
.list{border-top:2px solid #57606a;display:flex;flex-direction:column;margin-top:.5em}
.row{display:grid;grid-template-columns:2rem 6.6rem minmax(8rem,1.1fr) 4.4rem 5rem 2.6rem 2.6rem 4.1rem 4.1rem 2.6rem minmax(14rem,2.4fr) 3rem;gap:.5em;align-items:center;border-bottom:1px solid #d0d7de;padding:.35em .2em}
.row>*{overflow-wrap:anywhere}.row .wide{padding-left:.6rem}.head{font-weight:600;background:#eaeef2;order:-1;font-size:.9em}.n{text-align:right;font-variant-numeric:tabular-nums}.zero{color:#6e7781}
#by-first:checked~.list .row{order:var(--f)}#by-marks:checked~.list .row{order:var(--m)}#by-lost:checked~.list .row{order:var(--l)}
#by-open:checked~.list .row{order:var(--o)}#by-unit:checked~.list .row{order:var(--u)}.list .row.head{order:-1!important}
table{border-collapse:collapse;margin:.5em 0;width:100%}caption{text-align:left;font-weight:600;padding:.4em 0}
th,td{border-bottom:1px solid #d0d7de;padding:.25em .6em;text-align:left;vertical-align:top;overflow-wrap:anywhere}th{background:#eaeef2;font-size:.9em;white-space:nowrap}
td.n,th.n{text-align:right}section.case{border-left:4px solid #8c959f;padding-left:.9em;margin:1.2em 0}section.case:target{border-left-color:#2f5d8c;background:#f3f8fd}
.tasks td:nth-child(-n+2){white-space:nowrap}.tasks td:nth-child(4){min-width:9em}.tasks td:nth-child(5){min-width:7em}
summary{cursor:pointer;margin:.3em 0}
@media print{@page{size:A4 landscape;margin:12mm}html{font-size:10px}body{font-size:10px;max-width:none;margin:0}.pick,.pick+label,.sorts{display:none}
.row,section.case,tr,figure{break-inside:avoid}a{color:inherit}details::details-content{content-visibility:visible;display:block}*{print-color-adjust:exact}}
@media screen and (max-width:60em){.row{grid-template-columns:2rem 7rem 1fr 4.4rem}.row .wide{grid-column:2/-1}.row .few,.head .wide{display:none}}
"""
