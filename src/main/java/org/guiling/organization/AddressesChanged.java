package org.guiling.organization;

/** The addresses of a person have changed. Published within the transaction of the change. */
public record AddressesChanged(String personId, Addresses before, Addresses after) {}
