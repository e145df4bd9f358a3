/** The original NotaGen in a Python process. It knows nothing of the arms that it is compared with. */
package io.notagenbench.arms.original;
