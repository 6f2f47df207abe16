"""Pages in Gradio, a module each: `PATH` and `page(reception) -> gr.Blocks`. No logic: they ask the reception. One new file adds one."""
