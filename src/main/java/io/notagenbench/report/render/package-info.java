/**
 * Writes a document as Markdown, as CSV, and as one HTML page that loads nothing from elsewhere.
 *
 * <p>Start with {@link io.notagenbench.report.render.HtmlPage}. This package knows documents alone, not what they are about.
 */
package io.notagenbench.report.render;
