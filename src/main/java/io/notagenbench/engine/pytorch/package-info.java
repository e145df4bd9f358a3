/**
 * The backend {@code pytorch}: PyTorch through DJL. The model is the TorchScript {@code notagen.py} in the resources;
 * start reading there, then {@link io.notagenbench.engine.pytorch.PyTorchBackend}, {@code PyTorchModel} and {@code
 * PyTorchEngineSession}, which calls the script. {@code PartScript} compiles it for each device that holds layers,
 * {@code WeightTransfer} fills it with weights.
 *
 * <p>Only {@code ServiceLoader} reaches this package: no other package imports it.
 */
package io.notagenbench.engine.pytorch;
