// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title An address, given to the constructor, that alone may call the setters.
abstract contract Governed {
    address public governance;

    constructor(address governance_) {
        require(governance_ != address(0), "Governed: zero address");
        governance = governance_;
    }

    modifier onlyGovernance() {
        require(msg.sender == governance, "Governed: only governance");
        _;
    }
}

/// @title Governance that may name its successor.
abstract contract GovernedWithSuccession is Governed {
    function setGovernance(address newGovernance) external onlyGovernance {
        require(newGovernance != address(0), "Governed: zero address");
        governance = newGovernance;
    }
}
