/**
 * One class that needs the native handles of ONNX Runtime's Java API, which are visible in its own package only. It keeps tensors in the
 * memory of a card between two calls. Everything else that concerns ONNX Runtime is in {@code io.notagenbench.engine.onnx}.
 */
package ai.onnxruntime;
