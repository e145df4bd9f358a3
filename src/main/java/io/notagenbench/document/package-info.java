/**
 * A report as data: sections of tables, charts and words. Whoever has numbers to show fills it, and every form of the
 * report is rendered from it. Start with {@link io.notagenbench.document.Document}; commands that show one table need
 * {@link io.notagenbench.document.Table} alone. This package knows nothing of what is measured.
 */
package io.notagenbench.document;
