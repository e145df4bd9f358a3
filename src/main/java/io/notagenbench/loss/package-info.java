/** What an engine computes of a recorded piece with every character given, held against what is right. */
package io.notagenbench.loss;
