/**
 * What every backend must do, and how a model is opened. Start reading at {@link io.notagenbench.engine.EngineSession},
 * the calls by which a piece is decoded, then {@link io.notagenbench.engine.BackendProvider}, which a new backend
 * implements; {@code EngineContract} in the tests says what that means. {@link io.notagenbench.engine.EngineSettings}
 * says how a model runs, {@link io.notagenbench.engine.Device} where, {@link io.notagenbench.engine.ModelOnDevice}
 * takes a card for it, {@link io.notagenbench.engine.MemoryFit} predicts its memory and {@link
 * io.notagenbench.engine.PassCost} its work.
 *
 * <p>It names no backend: {@code ServiceLoader} finds them. It uses checkpoints, parameters, devices, quantisation and
 * the settings of the sampler, and has nothing to do with pieces or music.
 */
package io.notagenbench.engine;
