/**
 * Loads an HTTP service with requests for pieces and measures what its clients see. A {@link io.notagenbench.load.Generator}
 * sends requests on a schedule; a {@link io.notagenbench.load.RowMeasurement} makes a row of what came back;
 * {@link io.notagenbench.load.LoadRun} runs one row after the other and compares every text: start reading there. The package
 * knows a service by its HTTP alone, so it measures any server that answers as {@code serve} does.
 */
package io.notagenbench.load;
