/**
 * NotaGen as an HTTP service. A request becomes an {@link io.notagenbench.service.Order}; equal orders at one time share one
 * {@link io.notagenbench.service.Flight}, which the texts of a cache end at once and the one thread of
 * {@link io.notagenbench.service.DecodeLoop} patch by patch; an {@link io.notagenbench.service.Answer} follows it and writes to
 * one client. {@link io.notagenbench.service.Service} puts them together: start reading there.
 */
package io.notagenbench.service;
