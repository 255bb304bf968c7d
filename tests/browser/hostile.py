"""Texts that page frameworks run, restyle or swallow. Each must be shown exactly as typed and do nothing."""

from __future__ import annotations

HOSTILE = {
    "script": "start <script>window.__xss = 'script'</script> finish",
    "image": "look <img src='nowhere' onerror=\"window.__xss='image'\"> here",
    "frames": "<svg onload=\"window.__xss='svg'\"></svg><style>main{display:none}</style>"
    "<iframe srcdoc=\"<script>parent.__xss='frame'</script>\"></iframe>",
    "links": "[press](javascript:window.__xss='link') <a href=\"javascript:window.__xss='link'\">press</a> http://a.example/x",
    "markdown": "# Title **bold** _slanted_ `code`\n> said\n- item\n2. second\n"
    "| x | y |\n|---|---|\n~~gone~~ file_name_here 3*4*5",
    "formula": "paid $$7 or $x$ and $$8$$; \\(a^2\\), \\[b\\], $$\\href{javascript:window.__xss='formula'}{c}$$",
    "template": "${window.__xss='template'} `${1+1}` {{value}} {{{value}}} {{#if value}}x{{/if}} @children <%= 1 %>",
    "backslashes": "D:\\temp\\new\\unit \\u0041 \\x42 \\n \\",
    "entities": "&amp;lt; &lt;i&gt; &nbsp;&copy;&#65; <b>bold</b> <answer>x</answer> 1 < 2 > 0 \"double\" 'single'",
    "white space": "   three before\n\n\n\ttabbed\r\n  two   wide\n          deep\rold mac\nafter  ",
    "directions": "שנה טובה (2023) — السلام عليكم \u202edesrever\u202c \u200fmark\u200e end",
    "signs": "👨‍👩‍👧 🇫🇷 ✌️ ﬂ é ö 日本語 \u200b\u00ad\u2028\ufeffo",
    "no spaces": "B" * 3000,
}
