/** A report as data: sections of tables, charts and words, which every form of it is rendered from. */
package io.notagenbench.report.document;
