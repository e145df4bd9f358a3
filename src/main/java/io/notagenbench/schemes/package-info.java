/** What it costs and what it spares to round the weights of linear layers in one way or another. */
package io.notagenbench.schemes;
