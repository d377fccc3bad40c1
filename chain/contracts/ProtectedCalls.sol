// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Parameterised} from "./Parameterised.sol";
import {IConstitution} from "./interfaces/IConstitution.sol";

/// @title Which calls only an amendment may make: all calls to the constitution, and those of two tables.
abstract contract ProtectedCalls is Parameterised, IConstitution {
    /// @notice Whether a function needs an amendment, whichever contract it is called on.
    mapping(bytes4 selector => bool) public protectedCalls;

    /// @notice Whether a function of one contract needs an amendment for this first argument: for `setParameter` that
    /// is the key, so a parameter is protected once for each function that sets it.
    mapping(address target => mapping(bytes4 selector => mapping(bytes32 firstArgument => bool)))
        public protectedArguments;

    event CallProtected(bytes4 indexed selector, bool isProtected);
    event ArgumentProtected(
        address indexed target,
        bytes4 indexed selector,
        bytes32 indexed firstArgument,
        bool isProtected
    );

    constructor(bytes4[] memory selectors) {
        for (uint256 i; i < selectors.length; i++) _protect(selectors[i], true);
    }

    /// @notice Whether a proposal to make this call is of the amendment class.
    function needsAmendment(address target, bytes calldata data) external view returns (bool) {
        bytes4 selector = bytes4(data);
        if (target == address(this) || protectedCalls[selector]) return true;
        // Shorter calldata has no first argument, so no function that takes one accepts it.
        return data.length >= 36 && protectedArguments[target][selector][bytes32(data[4:36])];
    }

    /// @notice By amendment.
    function setProtectedCall(bytes4 selector, bool isProtected) external onlyGovernance {
        _protect(selector, isProtected);
    }

    /// @notice By amendment. Arguments as calldata has them, padded to 32 bytes.
    function setProtectedArguments(
        address target,
        bytes4 selector,
        bytes32[] calldata firstArguments,
        bool isProtected
    ) external onlyGovernance {
        for (uint256 i; i < firstArguments.length; i++) {
            protectedArguments[target][selector][firstArguments[i]] = isProtected;
            emit ArgumentProtected(target, selector, firstArguments[i], isProtected);
        }
    }

    function _protect(bytes4 selector, bool isProtected) private {
        protectedCalls[selector] = isProtected;
        emit CallProtected(selector, isProtected);
    }
}
