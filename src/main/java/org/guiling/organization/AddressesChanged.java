package org.guiling.organization;

/** Where a person is reached has changed. Told within the transaction of the change. */
record AddressesChanged(String personId, Addresses before, Addresses after) {}
