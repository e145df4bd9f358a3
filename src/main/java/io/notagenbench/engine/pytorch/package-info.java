/** PyTorch through DJL: the script of both levels, the archive that carries it, and the sessions that run it. */
package io.notagenbench.engine.pytorch;

