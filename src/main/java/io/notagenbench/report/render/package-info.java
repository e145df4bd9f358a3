/** The forms of a report: Markdown, CSV, and one HTML page that needs nothing else. */
package io.notagenbench.report.render;
