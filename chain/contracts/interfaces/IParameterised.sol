// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title What the constitution needs of a contract with parameters.
interface IParameterised {
    function parameter(bytes32 key) external view returns (uint256);

    function parameterLimits(bytes32 key) external view returns (uint256 minimum, uint256 maximum);
}
