/** Arms: backend, precision and decoding, run on the same work in turns and compared with a baseline. */
package io.notagenbench.arms;
