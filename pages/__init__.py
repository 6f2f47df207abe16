"""Pages, a module each: `PATH`, `CSS`, `page(reception) -> gradio.Blocks`, and `HEAD` where it needs scripts before the first paint.

No logic: they show what the bot says. One new file adds one.
"""

FONTS = ["system-ui", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif"]

SHARED_CSS = """
.gradio-container {max-width: 860px !important; margin: 0 auto !important; padding: 0 !important}
.gradio-container .main.fillable {padding: 4px 6px !important}
.gradio-container main {padding: 6px !important; gap: 10px}
blockquote {margin: 6px 0; padding-left: 10px; border-left: 3px solid var(--border-color-accent); line-height: 1.7; overflow-wrap: anywhere}
.meta, .find, .heading {opacity: .85; font-size: .88em; margin: 4px 0; overflow-wrap: anywhere}
footer {display: none !important}
"""
