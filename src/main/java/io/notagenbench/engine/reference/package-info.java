/** A slow, readable forward pass: the executable specification that every backend is measured against. */
package io.notagenbench.engine.reference;

