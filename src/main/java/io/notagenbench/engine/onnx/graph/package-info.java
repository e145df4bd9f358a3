/**
 * Builds the ONNX graphs of a model: start reading at {@link io.notagenbench.engine.onnx.graph.DecoderGraph}, whose method
 * {@code block} is one layer of GPT-2. {@code PatchGraph} and {@code CharGraph} add the ends of the two levels,
 * {@code PatchLoopGraph} the loop that decodes a whole patch in one call, {@code DrawGraph} the sampler.
 * {@code GraphForm} decides which operators, types and caches a graph uses, {@code GraphBuilder} writes it.
 *
 * <p>Nothing here runs a graph or loads anything native; of ONNX Runtime only names of types and the rounding to fp16 are
 * used.
 */
package io.notagenbench.engine.onnx.graph;
