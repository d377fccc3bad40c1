// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Parameterised} from "./Parameterised.sol";
import {IConstitution} from "./interfaces/IConstitution.sol";

/// @title Which calls only an amendment may make: all calls to the constitution, and those of a table.
abstract contract ProtectedCalls is Parameterised, IConstitution {
    /// @notice Whether a function needs an amendment, whichever contract it is called on.
    mapping(bytes4 selector => bool) public protectedCalls;

    event CallProtected(bytes4 indexed selector, bool isProtected);

    constructor(bytes4[] memory selectors) {
        for (uint256 i; i < selectors.length; i++) _protect(selectors[i], true);
    }

    /// @notice Whether a proposal to make this call is of the amendment class.
    function needsAmendment(address target, bytes4 selector) external view returns (bool) {
        return target == address(this) || protectedCalls[selector];
    }

    /// @notice By amendment.
    function setProtectedCall(bytes4 selector, bool isProtected) external onlyGovernance {
        _protect(selector, isProtected);
    }

    function _protect(bytes4 selector, bool isProtected) private {
        protectedCalls[selector] = isProtected;
        emit CallProtected(selector, isProtected);
    }
}
