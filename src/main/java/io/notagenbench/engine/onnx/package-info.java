/**
 * The backend {@code onnx}: ONNX Runtime through its Java API. Start reading at {@link
 * io.notagenbench.engine.onnx.OnnxBackend}, then follow {@code OnnxModel} (one session of ONNX Runtime for each level) to
 * {@code OnnxEngineSession} and {@code DecoderLevel} (one level of one piece: caches, and the tensors of a call).
 * The graphs come from {@link io.notagenbench.engine.onnx.graph}.
 *
 * <p>Only {@code ServiceLoader} reaches this package: no other package imports it.
 */
package io.notagenbench.engine.onnx;
