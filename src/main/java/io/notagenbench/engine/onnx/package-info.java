/** ONNX Runtime: the graphs of both levels, built in Java, and the sessions that run them. */
package io.notagenbench.engine.onnx;
