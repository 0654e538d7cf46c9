// JupyterLab's menu Course, with the page on which written answers are read. It asks JupyterLab for nothing but a command,
// so it is written as JupyterLab loads it, and nothing has to be built.
"use strict";

const baseUrl = JSON.parse(document.getElementById("jupyter-config-data").textContent).baseUrl;

const plugin = {
  id: "neural-course-read:menu",
  autoStart: true,
  activate: (app) => {
    app.commands.addCommand("course:read", {
      label: "Read Written Answers",
      caption: "One question at a time, everybody's answers",
      execute: () => { window.open(`${baseUrl}course/read`, "_blank", "noopener"); },
    });
  },
};

window._JUPYTERLAB = window._JUPYTERLAB ?? {};
window._JUPYTERLAB["neural-course-read"] = {
  init: async () => {},
  get: async () => () => ({ default: plugin, __esModule: true }),
};
